"""The cellar: arrays in, arrays out; no noun, no pandas, no file."""
