# feedback: AttributeError
def predict_on_device(model, x):
    return model(x.to(model.parameters().device))
