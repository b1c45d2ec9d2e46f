"""From read models to documents: statements, comparisons, histories."""
