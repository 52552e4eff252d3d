# feedback: an nn.Module
def train_forecaster(windows, targets, cell):
    model = RecurrentForecaster(cell, 24, 3)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    loader = DataLoader(TensorDataset(windows, targets), batch_size=64, shuffle=True)
    clipped_epoch_loss(model, loader, optimizer, 1.0)
