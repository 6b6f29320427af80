#pragma once

#include <QFrame>

class QAction;
class QLabel;
class QPushButton;
class QToolButton;

namespace sluice {

class ChainCanvas;

/// Above a canvas: undo, tidy, zoom, and whether what is drawn is what runs. For the UI thread.
class ChainBar : public QFrame
{
    Q_OBJECT

public:
    explicit ChainBar(ChainCanvas &canvas, QWidget *parent = nullptr);

    /// `changes`: so many nodes and wires run otherwise than they are drawn; `problems` keep them from running.
    void showPending(int changes, int problems, bool isApplying);

    QPushButton *rehearseButton() const { return m_rehearse; }
    QPushButton *applyButton() const { return m_apply; }
    QPushButton *discardButton() const { return m_discard; }
    QToolButton *zoomButton() const { return m_zoom; }
    QLabel *pending() const { return m_pending; }

Q_SIGNALS:
    void rehearseRequested();
    void applyRequested();
    void discardRequested();

private:
    QToolButton *add(QAction *action);

    QToolButton *m_zoom;
    QLabel *m_pending;
    QPushButton *m_rehearse;
    QPushButton *m_discard;
    QPushButton *m_apply;
};

} // namespace sluice
