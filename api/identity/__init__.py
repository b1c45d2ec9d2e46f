"""Who is asking: a token proves a subject, the ledger says which roles that subject holds."""
