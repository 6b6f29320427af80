#pragma once

#include <QFrame>

class QLabel;
class QProgressBar;
class QToolButton;

namespace sluice {

class Document;
class ElidedLabel;

/// The foot of a view of a file: how the file is read, and how far the going through it is.
class DocumentBar : public QFrame
{
    Q_OBJECT

public:
    /// The document outlives it.
    explicit DocumentBar(Document *document, QWidget *parent = nullptr);

    QProgressBar *progress() const { return m_progress; }
    QToolButton *stopButton() const { return m_stop; }
    QToolButton *formatButton() const { return m_format; }
    /// What goes on, in words; empty if nothing does.
    QString workInWords() const;

Q_SIGNALS:
    /// It was stopped: the rest is to be read after all.
    void readAgainRequested();
    /// Another format is wanted.
    void formatRequested();

private:
    void refresh();

    Document *const m_document;
    ElidedLabel *m_kind;
    QLabel *m_work;
    QProgressBar *m_progress;
    QToolButton *m_stop;
    QToolButton *m_again;
    QToolButton *m_format;
};

} // namespace sluice
