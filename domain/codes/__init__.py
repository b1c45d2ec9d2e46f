"""Code tables: official terms as dated data."""
