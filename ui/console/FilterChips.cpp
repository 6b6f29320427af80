#include "console/FilterChips.h"

#include "console/FilterDrag.h"
#include "console/FilterParts.h"
#include "console/ViewState.h"
#include "console/Words.h"

#include <QMenu>
#include <QResizeEvent>

#include <algorithm>
#include <optional>

namespace sluice {

namespace {

constexpr int margin = 8;
constexpr int marginAbove = 5;
constexpr int gap = 6;

QString inWords(SeveritySet levels)
{
    ViewState state;
    state.filter.levels = levels;
    return state.title();
}

} // namespace

FilterChips::FilterChips(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("filterChips"));
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Filters"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    hide();
}

void FilterChips::setFilter(const CaptureFilter &filter)
{
    CaptureFilter shown = filter;
    shown.text.clear(); // it stands in the field
    if (shown == m_filter)
        return;
    m_filter = std::move(shown);
    rebuild();
}

QString FilterChips::sourcesInWords(const std::vector<std::uint32_t> &sources) const
{
    if (sources.size() == 1)
        return m_sourceName ? m_sourceName(sources.front()) : QString::number(sources.front());
    return QString::number(sources.size());
}

QString FilterChips::timeInWords() const
{
    const auto written = [](Nanoseconds time) { return words::fullTime(time).left(23); };
    if (m_filter.from && m_filter.until)
        return tr("%1 – %2").arg(written(*m_filter.from), written(*m_filter.until));
    return m_filter.from ? tr("from %1").arg(written(*m_filter.from)) : tr("before %1").arg(written(*m_filter.until));
}

std::vector<FilterChips::Shown> FilterChips::toShow() const
{
    using Kind = FilterChip::Kind;
    std::vector<Shown> shown;
    if (!m_filter.levels.isAll())
        shown.push_back({Kind::Levels, inWords(m_filter.levels)});
    if (!m_filter.loggers.empty()) {
        QStringList names;
        for (const std::string &logger : m_filter.loggers)
            names << words::fromUtf8(logger);
        shown.push_back({Kind::Loggers, names.size() > 3 ? tr("%1 loggers").arg(names.size())
                                                         : names.join(QStringLiteral(", "))});
    }
    if (!m_filter.sources.empty())
        shown.push_back({Kind::Sources, sourcesInWords(m_filter.sources)});
    if (!m_filter.mutedSources.empty())
        shown.push_back({Kind::MutedSources, sourcesInWords(m_filter.mutedSources)});
    if (m_filter.from || m_filter.until)
        shown.push_back({Kind::Time, timeInWords()});
    for (const CaptureFilter::Part &part : m_filter.expressions)
        shown.push_back({part.always ? Kind::Always : Kind::Expression, words::fromUtf8(part.text).simplified(), part.on});
    return shown;
}

void FilterChips::clear(FilterChip::Kind kind)
{
    change([kind](CaptureFilter &filter) {
        switch (kind) {
        case FilterChip::Kind::Levels:
            filter.levels = {};
            break;
        case FilterChip::Kind::Loggers:
            filter.loggers.clear();
            break;
        case FilterChip::Kind::Sources:
            filter.sources.clear();
            break;
        case FilterChip::Kind::MutedSources:
            filter.mutedSources.clear();
            break;
        case FilterChip::Kind::Time:
            filter.from.reset();
            filter.until.reset();
            break;
        case FilterChip::Kind::Expression:
        case FilterChip::Kind::Always:
            break;
        }
    });
}

std::size_t FilterChips::partOf(const FilterChip *chip) const
{
    return static_cast<std::size_t>(std::ranges::find(m_chips, chip) - m_chips.begin()) - m_firstPart;
}

void FilterChips::connectExpression(FilterChip *chip)
{
    connect(chip, &FilterChip::toggleRequested, this, [this, chip] {
        change([part = partOf(chip)](CaptureFilter &filter) {
            filter.expressions[part].on = !filter.expressions[part].on;
        });
    });
    connect(chip, &FilterChip::removeRequested, this, [this, chip] { remove(partOf(chip)); });
    connect(chip, &FilterChip::editRequested, this, [this, chip] { Q_EMIT editRequested(partOf(chip)); });
    connect(chip, &FilterChip::stepRequested, this, [this, chip](int by) {
        const auto to = static_cast<std::ptrdiff_t>(partOf(chip)) + by;
        if (to >= 0 && to < static_cast<std::ptrdiff_t>(m_filter.expressions.size()))
            move(partOf(chip), static_cast<std::size_t>(to));
    });
    connect(chip, &FilterChip::dragged, this,
            [this, chip](const QPoint &position) { drag(partOf(chip), position); });
    connect(chip, &FilterChip::menuRequested, this, [this, chip](const QPoint &position) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(*menu, partOf(chip));
        menu->popup(position);
    });
}

void FilterChips::rebuild()
{
    const std::vector<Shown> shown = toShow();
    const bool isSame = std::ranges::equal(shown, m_chips, [](const Shown &wanted, const FilterChip *chip) {
        return wanted.kind == chip->kind() && wanted.text == chip->text();
    });
    if (isSame) {
        for (std::size_t i = 0; i < shown.size(); ++i)
            m_chips[i]->setOn(shown[i].on);
        return;
    }
    std::optional<std::size_t> focused;
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        if (m_chips[i]->hasFocus())
            focused = i;
        // One of them may be on the way to us with a signal.
        disconnect(m_chips[i], nullptr, this, nullptr);
        m_chips[i]->hide();
        m_chips[i]->deleteLater();
    }
    m_chips.clear();
    m_firstPart = shown.size() - m_filter.expressions.size();
    for (const Shown &wanted : shown) {
        auto *chip = new FilterChip(wanted.kind, wanted.text, wanted.on, this);
        m_chips.push_back(chip);
        chip->show();
        connect(chip, &FilterChip::pulledOut, this, [this, chip] { filterdrag::start(chip, expressionOf(chip)); });
        if (chip->isExpression())
            connectExpression(chip);
        else
            connect(chip, &FilterChip::removeRequested, this, [this, kind = wanted.kind] { clear(kind); });
    }
    setVisible(!m_chips.empty());
    arrange(width(), true);
    updateGeometry();
    if (focused && !m_chips.empty())
        m_chips[qMin(*focused, m_chips.size() - 1)]->setFocus();
}

int FilterChips::arrange(int width, bool place) const
{
    if (m_chips.empty())
        return 0;
    int left = margin;
    int top = marginAbove;
    int lineHeight = 0;
    for (FilterChip *chip : m_chips) {
        QSize size = chip->sizeHint();
        size.setWidth(qMin(size.width(), qMax(60, width - 2 * margin)));
        if (left > margin && left + size.width() > width - margin) {
            left = margin;
            top += lineHeight + gap;
            lineHeight = 0;
        }
        if (place)
            chip->setGeometry(QRect(QPoint(left, top), size));
        left += size.width() + gap;
        lineHeight = qMax(lineHeight, size.height());
    }
    return top + lineHeight + marginAbove;
}

QSize FilterChips::sizeHint() const { return {200, heightForWidth(qMax(width(), 200))}; }

void FilterChips::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange(width(), true);
    if (event->oldSize().width() != width())
        updateGeometry();
}

void FilterChips::change(const std::function<void(CaptureFilter &)> &how)
{
    CaptureFilter filter = m_filter;
    how(filter);
    m_filter = filter;
    rebuild();
    Q_EMIT changed(filter);
}

void FilterChips::remove(std::size_t part)
{
    change([part](CaptureFilter &filter) {
        filter.expressions.erase(filter.expressions.begin() + static_cast<std::ptrdiff_t>(part));
    });
}

void FilterChips::move(std::size_t part, std::size_t to)
{
    CaptureFilter filter = m_filter;
    auto &parts = filter.expressions;
    const auto at = [&](std::size_t index) { return parts.begin() + static_cast<std::ptrdiff_t>(index); };
    if (part < to)
        std::rotate(at(part), at(part + 1), at(to + 1));
    else
        std::rotate(at(to), at(part), at(part + 1));
    m_filter = filter;
    rebuild();
    m_chips[m_firstPart + to]->setFocus();
    Q_EMIT changed(filter);
}

QString FilterChips::expressionOf(const FilterChip *chip) const
{
    CaptureFilter alone;
    if (chip->kind() == FilterChip::Kind::Levels)
        alone.levels = m_filter.levels;
    else if (chip->kind() == FilterChip::Kind::Loggers)
        alone.loggers = m_filter.loggers;
    else if (chip->isExpression())
        alone.expressions = {{m_filter.expressions[partOf(chip)].text, true, false}};
    return QString::fromStdString(filterparts::asExpression(alone));
}

void FilterChips::drag(std::size_t part, const QPoint &position)
{
    // The chip under the pointer gives way. The dragged one must live on: only the order changes.
    for (std::size_t other = 0; other < m_filter.expressions.size(); ++other) {
        if (other == part || !m_chips[m_firstPart + other]->geometry().contains(position))
            continue;
        auto &parts = m_filter.expressions;
        const auto step = other > part ? 1 : -1;
        for (std::size_t i = part; i != other; i += static_cast<std::size_t>(step)) {
            std::swap(parts[i], parts[i + static_cast<std::size_t>(step)]);
            std::swap(m_chips[m_firstPart + i], m_chips[m_firstPart + i + static_cast<std::size_t>(step)]);
        }
        arrange(width(), true);
        Q_EMIT changed(m_filter);
        return;
    }
}

void FilterChips::fillMenu(QMenu &menu, std::size_t part)
{
    const CaptureFilter::Part shown = m_filter.expressions[part];
    const auto add = [&](const QString &text, auto how) {
        return menu.addAction(text, this, [this, part, how] {
            if (part < m_filter.expressions.size())
                change([part, how](CaptureFilter &filter) { how(filter.expressions[part]); });
        });
    };
    add(shown.on ? tr("Turn off") : tr("Turn on"),
        [](CaptureFilter::Part &its) { its.on = !its.on; });
    menu.addAction(tr("Edit"), this, [this, part] { Q_EMIT editRequested(part); });
    add(tr("Negate"), [](CaptureFilter::Part &its) { its.text = filterparts::negated(its.text); });
    QAction *always = add(tr("Always show, whatever else hides"),
                          [](CaptureFilter::Part &its) { its.always = !its.always; });
    always->setCheckable(true);
    always->setChecked(shown.always);
    menu.addAction(tr("Put on a wire of the chain…"), this, [this, part] {
        if (part < m_filter.expressions.size())
            Q_EMIT wireRequested(expressionOf(m_chips[m_firstPart + part]));
    });
    menu.addSeparator();
    QAction *left = menu.addAction(tr("Move left"), this, [this, part] { move(part, part - 1); });
    left->setEnabled(part > 0);
    QAction *right = menu.addAction(tr("Move right"), this, [this, part] { move(part, part + 1); });
    right->setEnabled(part + 1 < m_filter.expressions.size());
    menu.addSeparator();
    menu.addAction(tr("Remove"), this, [this, part] { remove(part); });
    menu.addAction(tr("Remove all"), this, [this] { change([](CaptureFilter &filter) { filter = {}; }); });
}

} // namespace sluice
