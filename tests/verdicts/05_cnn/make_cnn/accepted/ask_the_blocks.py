def make_cnn(image_size, channels, num_classes):
    body = nn.Sequential()
    for inputs, outputs in zip([3, *channels], channels):
        body.append(nn.Sequential(nn.Conv2d(inputs, outputs, 3, padding=1), nn.ELU(), nn.MaxPool2d(2)))
    with torch.no_grad():
        length = body(torch.zeros(1, 3, *image_size)).numel()
    return nn.Sequential(body, nn.Flatten(), nn.Linear(length, num_classes))
