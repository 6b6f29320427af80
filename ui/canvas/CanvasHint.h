#pragma once

#include <QStringList>
#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace sluice {

/// What an empty canvas says: how to begin, with buttons for the examples. Lets the mouse through to the canvas but for its
/// buttons.
class CanvasHint : public QWidget
{
    Q_OBJECT

public:
    explicit CanvasHint(QWidget *parent = nullptr);

Q_SIGNALS:
    /// An example is to be opened: the name of a resource below :/sluice/examples.
    void exampleRequested(const QString &resource);

private:
    QLabel *m_title;
    QLabel *m_explanation;
};

} // namespace sluice
