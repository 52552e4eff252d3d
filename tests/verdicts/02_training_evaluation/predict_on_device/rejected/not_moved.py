# feedback: data was not moved
def predict_on_device(model, x):
    device = next(model.parameters()).device
    return model(x)
