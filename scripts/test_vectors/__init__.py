"""A whole Sigstore in miniature, and bundles from it with one flaw each."""
