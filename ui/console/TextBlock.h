#pragma once

#include "console/FoundText.h"

#include <QWidget>

#include <functional>

class QLabel;
class QPlainTextEdit;
class QToolButton;

namespace sluice {

/// A titled, framed text in the log's font, to be read, selected and copied; as high as it needs up to a
/// bound.
class TextBlock : public QWidget
{
    Q_OBJECT

public:
    /// `wraps`: whether long lines are broken (prose) or scrolled (tracebacks).
    TextBlock(const QString &title, bool wraps, QWidget *parent = nullptr);

    void setText(const QString &text);
    /// Shows where what is looked for stands.
    void setFound(const FoundText &found);
    /// For tests: how many places are shown.
    qsizetype foundPlaces() const;
    /// The whole text, also where only the beginning of it is shown.
    QString text() const { return m_text; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void fit();
    void showFound();

    QString m_text;
    FoundText m_found;
    QPlainTextEdit *m_edit;
    bool m_fitting = false;
};

/// A flat button that copies what `text` returns and says for a moment that it has.
QToolButton *makeCopyButton(const QString &accessibleName, std::function<QString()> text, QWidget *parent);

} // namespace sluice
