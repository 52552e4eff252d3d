predict_on_device = lambda model, x: model(x.to(list(model.parameters())[0].device))
