def predict_on_device(model, x):
    for parameter in model.parameters():
        x = x.to(device=parameter.device)
        break
    model.eval()
    with torch.no_grad():
        return model.forward(x)
