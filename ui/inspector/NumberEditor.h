#pragma once

#include "inspector/LineEditor.h"

namespace sluice {

/// A number with its unit: sizes and durations as people write them ("5 MB", "250 ms"), others with the unit beside. Up and Down
/// step a whole number.
class NumberEditor : public LineEditor
{
    Q_OBJECT

public:
    NumberEditor(const ParamSpec &spec, QWidget *parent);

protected:
    QJsonValue parse(const QString &text) const override;
    QString print(const QJsonValue &value) const override;
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void step(int by);
};

} // namespace sluice
