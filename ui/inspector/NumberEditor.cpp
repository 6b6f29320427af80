#include "inspector/NumberEditor.h"

#include "inspector/Quantity.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>

#include <cmath>

namespace sluice {

NumberEditor::NumberEditor(const ParamSpec &spec, QWidget *parent) : LineEditor(spec, parent)
{
    if (!spec.unit.empty() && !quantity::isScaled(spec.unit)) {
        auto *unit = new QLabel(QString::fromStdString(spec.unit));
        unit->setObjectName(QStringLiteral("secondary"));
        row()->addWidget(unit);
    }
    if (spec.optional && !spec.defaultValue.isNull())
        offer(tr("None"), QJsonValue());
    // Numbers are short: a line across the whole form would say otherwise.
    line()->setMaximumWidth(160);
    row()->addStretch(1);
    display();
}

QJsonValue NumberEditor::parse(const QString &text) const
{
    const std::optional<double> number = quantity::parse(text, spec().unit);
    if (!number)
        return text;
    // A whole number is kept as one: a double would lose digits.
    if (*number == std::floor(*number) && std::abs(*number) < 9e15)
        return static_cast<qint64>(*number);
    return *number;
}

QString NumberEditor::print(const QJsonValue &value) const
{
    if (!value.isDouble())
        return value.toVariant().toString();
    if (spec().hint == ParamSpec::Hint::Port)
        return QString::number(value.toInteger());
    return quantity::print(value.toDouble(), spec().unit);
}

void NumberEditor::step(int by)
{
    const QJsonValue from = value().isDouble() ? value() : spec().defaultValue;
    double number = from.toDouble() + by;
    if (spec().minimum)
        number = std::max(number, *spec().minimum);
    if (spec().maximum)
        number = std::min(number, *spec().maximum);
    edit(static_cast<qint64>(number));
    display();
}

bool NumberEditor::eventFilter(QObject *object, QEvent *event)
{
    const bool steps = spec().type == ParamSpec::Type::Integer && !quantity::isScaled(spec().unit) && !isMixed();
    if (event->type() == QEvent::KeyPress && object == line() && steps) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isPlain = !(key->modifiers() & (Qt::AltModifier | Qt::ControlModifier | Qt::ShiftModifier));
        if (isPlain && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down)) {
            step(key->key() == Qt::Key_Up ? 1 : -1);
            return true;
        }
    }
    return LineEditor::eventFilter(object, event);
}

} // namespace sluice
