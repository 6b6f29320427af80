#pragma once

#include "inspector/LineEditor.h"

class QPushButton;

namespace sluice {

/// A path, typed or browsed for; what lies in the project's folder is kept relative to it, so that projects can move.
class PathEditor : public LineEditor
{
    Q_OBJECT

public:
    PathEditor(const ParamSpec &spec, const FormContext &context, QWidget *parent);

    QPushButton *browseButton() const { return m_browse; }
    /// Takes a path as a file dialog gives it.
    void choose(const QString &path);
    /// That path as it is put into a project: relative where it is inside of its folder.
    static QString asWritten(const QString &path, const FormContext &context);

protected:
    QJsonValue parse(const QString &text) const override;
    QString print(const QJsonValue &value) const override;

private:
    void browse();

    FormContext m_context;
    QPushButton *m_browse;
};

} // namespace sluice
