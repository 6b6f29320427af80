#pragma once

#include "inspector/LineEditor.h"

namespace sluice {

/// A level, by a name or as any number.
class LevelEditor : public LineEditor
{
    Q_OBJECT

public:
    LevelEditor(const ParamSpec &spec, QWidget *parent);

protected:
    QJsonValue parse(const QString &text) const override;
    QString print(const QJsonValue &value) const override;
};

} // namespace sluice
