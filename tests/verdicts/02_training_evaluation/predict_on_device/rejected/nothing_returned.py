# feedback: gave None
def predict_on_device(model, x):
    device = next(model.parameters()).device
    model(x.to(device))
