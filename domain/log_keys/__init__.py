"""日志密钥: the transparency log's change from one signing key to the next."""
