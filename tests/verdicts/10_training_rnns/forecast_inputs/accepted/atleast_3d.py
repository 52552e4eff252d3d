def forecast_inputs(batch):
    return torch.atleast_3d(batch)
