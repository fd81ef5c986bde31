"""Reports: rows of the storage made into figures that staff can stand behind."""
