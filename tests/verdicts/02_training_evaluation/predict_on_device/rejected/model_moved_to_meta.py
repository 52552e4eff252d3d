# feedback: moved the model
def predict_on_device(model, x):
    model.to("meta")
    return model(x.to("meta"))
