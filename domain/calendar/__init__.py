"""工作日历: working days as published by the State Council's notices, and dates counted by them."""
