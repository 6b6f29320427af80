#pragma once

#include <QFrame>
#include <QTimer>

class QLabel;

namespace sluice {

class Document;
class ElidedLabel;

/// The foot of a view of a wire: which one it is, what of it is seen and what was missed, and whether it is still there.
class TapBar : public QFrame
{
    Q_OBJECT

public:
    /// The document is of a wire, and outlives it.
    explicit TapBar(Document *document, QWidget *parent = nullptr);

    /// Which wire it is, and what of it is seen.
    QString sentence() const;
    /// What is wrong; empty if nothing is.
    QString warning() const;

private:
    void refresh();

    Document *const m_document;
    ElidedLabel *m_what;
    QLabel *m_warning;
    QTimer m_counting; ///< what is missed is no news for the clock
};

} // namespace sluice
