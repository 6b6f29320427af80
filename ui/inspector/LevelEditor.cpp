#include "inspector/LevelEditor.h"

#include "record/Level.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace sluice {

LevelEditor::LevelEditor(const ParamSpec &spec, QWidget *parent) : LineEditor(spec, parent)
{
    line()->setMaximumWidth(160);
    row()->addStretch(1);
    for (const int number : {level::NotSet, level::Debug, level::Info, level::Warning, level::Error, level::Critical}) {
        const QString name = QString::fromStdString(levelName(number));
        offer(name + QStringLiteral(" – ") + QString::number(number), name);
    }
    display();
}

QJsonValue LevelEditor::parse(const QString &text) const
{
    bool isNumber = false;
    const int number = text.trimmed().toInt(&isNumber);
    if (isNumber)
        return number;
    const QString upper = text.trimmed().toUpper();
    return levelNumber(upper.toStdString()) ? QJsonValue(upper) : QJsonValue(text);
}

QString LevelEditor::print(const QJsonValue &value) const { return value.toVariant().toString(); }

} // namespace sluice
