# feedback: the first steps are missing
def trailing_mean(series, width):
    return series.unfold(0, width, 1).mean(dim=1)
