"""The transparency log over the ledger: RFC 6962 tree, tiles, signed checkpoints."""
