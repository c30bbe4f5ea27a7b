def together(said, hints):
    return []
