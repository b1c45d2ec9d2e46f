"""Registers (台账) in: CSV folders and XLSX workbooks, row by row, into acts."""
