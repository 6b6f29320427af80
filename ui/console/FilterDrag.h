#pragma once

#include <QString>

#include <memory>

class QMimeData;
class QWidget;

/// A filter that is carried from a view to the chain: an expression, in UTF-8, which is text for all others.
namespace sluice::filterdrag {

extern const QString mimeType;

std::unique_ptr<QMimeData> dataOf(const QString &expression);
/// Empty if it is none.
QString expressionIn(const QMimeData &data);

/// Carries it until the button is released; returns then. Does nothing with an empty one.
void start(QWidget *from, const QString &expression);

} // namespace sluice::filterdrag
