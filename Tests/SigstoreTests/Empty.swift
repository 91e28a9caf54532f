import Sigstore
