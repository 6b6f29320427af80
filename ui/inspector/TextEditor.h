#pragma once

#include "inspector/LineEditor.h"

namespace sluice {

/// A text: in the log's font where each character counts, with line ends written as \n where it may hold some, with the
/// names of encodings completed.
class TextEditor : public LineEditor
{
    Q_OBJECT

public:
    TextEditor(const ParamSpec &spec, QWidget *parent);

protected:
    QJsonValue parse(const QString &text) const override;
    QString print(const QJsonValue &value) const override;
    void changeEvent(QEvent *event) override;
};

/// A text with its line ends, tabs and control characters written as \n, \t, \x1b; and read again.
QString escapedText(const QString &text);
QString unescapedText(const QString &text);

} // namespace sluice
