# feedback: model is brought to the data, or to a device that is written
def predict_on_device(model, x):
    return model.cpu()(x.cpu())
