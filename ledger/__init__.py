"""The write side: envelope, stored names, recorder, application, and following the ledger."""
