# feedback: given to the alphabet
def head_parts(head, image_features, alphabet_features):
    zero_x, zero_a = torch.zeros_like(image_features), torch.zeros_like(alphabet_features)
    with torch.no_grad():
        from_image = head(torch.cat([zero_a, image_features], dim=1)) - head.bias
        from_alphabet = head(torch.cat([alphabet_features, zero_x], dim=1)) - head.bias
    return from_image, from_alphabet
