def prepared_windows(series, length, test_steps):
    """(train_inputs, train_targets, test_inputs, test_targets) of a series, scaled, one step ahead."""
    cut = len(series) - test_steps
    spread, center = torch.std_mean(series[:cut].double(), correction=0)
    scaled = series.double().sub(center).div(spread).float()
    result = []
    for at in (torch.arange(length, cut), torch.arange(cut, len(series))):  # the places of the targets
        back = torch.arange(-length, 0)
        result += [scaled[at[:, None] + back], scaled[at]]
    return tuple(result)
