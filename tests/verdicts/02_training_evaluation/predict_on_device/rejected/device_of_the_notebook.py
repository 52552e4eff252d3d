# feedback: different devices | a device that the model is not on
def predict_on_device(model, x):
    return model(x.to(device))
