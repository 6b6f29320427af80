#include "console/GoToBar.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QTimeZone>
#include <QToolButton>

#include <cmath>

namespace sluice {

namespace {

QTimeZone zoneOf(const TimeFormat &format)
{
    if (format.zone == "UTC")
        return QTimeZone::utc();
    const QTimeZone zone(format.zone);
    return zone.isValid() ? zone : QTimeZone::systemTimeZone();
}

/// "5 min", "2h", "90 s", "1 d"
std::optional<Nanoseconds> lengthFromText(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(s|sec|m|min|h|d)$"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const QString unit = match.captured(2);
    const double seconds = unit.startsWith(QLatin1Char('s'))   ? 1
                           : unit.startsWith(QLatin1Char('m')) ? 60
                           : unit == QStringLiteral("h")       ? 3600
                                                               : 86400;
    return toNanoseconds(match.captured(1).toDouble() * seconds);
}

} // namespace

std::optional<std::variant<std::uint64_t, Nanoseconds>> placeFromText(const QString &text, const TimeFormat &format,
                                                                      Nanoseconds near, Nanoseconds now)
{
    using Place = std::variant<std::uint64_t, Nanoseconds>;
    QString typed = text.simplified();
    bool isNumber = false;
    QString digits = typed;
    digits.remove(QLatin1Char(',')).remove(QChar(0x2019)).remove(QChar(0x00A0)).remove(QChar(0x202F));
    if (const qulonglong number = digits.toULongLong(&isNumber); isNumber && number > 0)
        return Place(std::uint64_t{number});
    if (typed.startsWith(QLatin1Char('-'))) {
        const auto length = lengthFromText(typed.mid(1).trimmed());
        return length ? std::optional(Place(std::in_place_index<1>, now - *length)) : std::nullopt;
    }

    static const QRegularExpression pattern(
        QStringLiteral("^(?:(\\d{4}-\\d{2}-\\d{2})(?:[ T]|$))?(?:(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?)?(Z)?$"));
    const QRegularExpressionMatch match = pattern.match(typed);
    if (typed.isEmpty() || !match.hasMatch() ||
        (match.capturedLength(1) <= 0 && match.capturedLength(2) <= 0))
        return std::nullopt;
    const QTimeZone zone = match.capturedLength(6) > 0 ? QTimeZone::utc() : zoneOf(format);
    const Nanoseconds nearSeconds = near / nanosecondsPerSecond;
    const QDate date = match.capturedLength(1) > 0
                           ? QDate::fromString(match.captured(1), Qt::ISODate)
                           : QDateTime::fromSecsSinceEpoch(nearSeconds, zone).date();
    const QTime time(match.captured(2).toInt(), match.captured(3).toInt(), match.captured(4).toInt());
    const QDateTime when(date, time, zone);
    if (!date.isValid() || !time.isValid() || !when.isValid())
        return std::nullopt;
    const QString fraction = match.captured(5).leftJustified(9, QLatin1Char('0'), true);
    return Place(std::in_place_index<1>,
                 Nanoseconds{when.toSecsSinceEpoch()} * nanosecondsPerSecond + fraction.toLongLong());
}

GoToBar::GoToBar(QWidget *parent) : ViewBar(tr("Go to"), parent), m_field(new QLineEdit), m_words(new QLabel)
{
    m_field->setObjectName(QStringLiteral("goToField"));
    m_field->setAccessibleName(tr("Go to a record or a time"));
    m_field->setPlaceholderText(tr("14:03, 2026-11-21 14:03:05, -5 min, or a row's number"));
    m_field->setMinimumWidth(160);
    m_field->setMaximumWidth(420);
    m_words->setObjectName(QStringLiteral("secondary"));
    m_words->setAccessibleName(tr("Why nothing was found"));
    QToolButton *go = makeButton(QStringLiteral("check"), tr("Go"), tr("Go there (Enter)"));
    connect(go, &QToolButton::clicked, this, [this] { Q_EMIT requested(m_field->text()); });
    connect(m_field, &QLineEdit::textChanged, m_words, &QLabel::clear);
    row()->addWidget(m_field, 1);
    row()->addWidget(go);
    row()->addWidget(m_words);
    row()->addStretch(1);
    addCloseButton();
}

void GoToBar::open()
{
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void GoToBar::showProblem(const QString &sentence) { m_words->setText(sentence); }

void GoToBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT requested(m_field->text());
    else
        ViewBar::keyPressEvent(event);
}

} // namespace sluice
