# feedback: pile up from drawing to drawing
def multi_label_loss(scores, labels):
    row, rows = torch.zeros(scores.shape[1], device=scores.device), []
    for numbers in labels:
        row[numbers] = 1.0
        rows.append(row.clone())
    return F.binary_cross_entropy_with_logits(scores, torch.stack(rows))
