"""How well questions are answered: asked without storing anything, on labelled ones too."""
