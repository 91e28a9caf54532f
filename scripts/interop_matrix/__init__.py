"""Signs in many ways, and has independent verifiers judge the bundles."""
