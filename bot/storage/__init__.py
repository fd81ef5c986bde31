"""Storage: SQLAlchemy Core, one module per thing remembered, each with `forget`. SQL lives here and nowhere else."""
