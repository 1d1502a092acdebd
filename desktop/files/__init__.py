"""Files as every part handles them: their names, their TOML read strictly, written in one step."""
