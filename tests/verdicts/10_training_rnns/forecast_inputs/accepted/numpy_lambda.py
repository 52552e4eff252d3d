forecast_inputs = lambda windows: windows if len(windows.shape) > 2 else torch.from_numpy(np.expand_dims(windows.numpy(), 2))
