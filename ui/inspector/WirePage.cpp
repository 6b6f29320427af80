#include "inspector/WirePage.h"

#include "inspector/ParamForm.h"
#include "look/Icons.h"

#include <QHBoxLayout>
#include <QJsonObject>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sluice {

namespace {

/// A wire's settings, declared as a node's are, so that the same form edits them.
const std::vector<ParamSpec> &wireSpecs()
{
    static const std::vector<ParamSpec> specs = [] {
        ParamSpec queue;
        queue.key = "queue";
        queue.help = "How many records may wait for it. All wires to a node share its queue, which is as large as the largest of them says";
        queue.type = ParamSpec::Type::Integer;
        queue.defaultValue = 10'000;
        queue.unit = "records";
        queue.minimum = 1;
        queue.maximum = 10'000'000;
        ParamSpec whenFull;
        whenFull.key = "whenFull";
        whenFull.help = "What becomes of further records when that many wait";
        whenFull.type = ParamSpec::Type::Choice;
        whenFull.optional = true;
        whenFull.choices = {"dropNewest", "dropOldest", "block"};
        whenFull.suggestions = {{"dropNewest", "keep what waits"}, {"dropOldest", "keep what is new"}, {"block", "wait for room"}};
        return std::vector{queue, whenFull};
    }();
    return specs;
}

QString costInWords(const std::optional<WhenFull> &whenFull)
{
    if (!whenFull)
        return WirePage::tr("Further records are dropped, and counted; in a replay, for which nobody waits, the replay waits.");
    switch (*whenFull) {
    case WhenFull::Block:
        return WirePage::tr("Nothing is dropped. A peer that is slow or dead holds up all other outputs, and the programs that send.");
    case WhenFull::DropOldest:
        return WirePage::tr("Those that wait longest are dropped, and counted: the newest records get out, with a gap before them.");
    case WhenFull::DropNewest:
        return WirePage::tr("Further records are dropped, and counted: what led to the trouble gets out, what came of it may not.");
    }
    return {};
}

QToolButton *makeArrow(const QString &icon, const QString &name)
{
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("flat"));
    button->setIcon(themedIcon(icon));
    button->setIconSize(QSize(16, 16));
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

QLabel *makeWords(const char *look)
{
    auto *label = new QLabel;
    label->setObjectName(QLatin1String(look));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

QString name(const std::string &id) { return QString::fromStdString(id); }

} // namespace

WirePage::WirePage(ChainEditor &editor, Wire wire, QWidget *parent)
    : InspectorPage(parent), m_editor(editor), m_wire(std::move(wire)), m_title(makeWords("title")), m_order(new QWidget),
      m_orderLayout(new QVBoxLayout(m_order))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 16);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    const Chain &chain = m_editor.chain();
    const ChainNode *from = chain.node(m_wire.from);
    const ChainNode *to = chain.node(m_wire.to);
    QLabel *what = makeWords("secondary");
    if (const PortSpec *port = from ? from->type->output(m_wire.port) : nullptr)
        what->setText(tr("Wire from output %1: %2.").arg(name(port->name), name(port->help)));
    layout->addWidget(what);
    layout->addSpacing(12);
    if (to && to->type->waitsForOthers()) {
        std::vector<const ParamSpec *> specs;
        for (const ParamSpec &spec : wireSpecs())
            specs.push_back(&spec);
        m_form = new ParamForm(std::move(specs), {}, ParamForm::Folding::Never, this);
        m_whenFullWords = makeWords("code");
        m_whenFullWords->setContentsMargins(8, 6, 8, 6);
        m_whenFullWords->setAccessibleName(tr("What that costs"));
        layout->addWidget(m_form);
        layout->addSpacing(4);
        layout->addWidget(m_whenFullWords);
        connect(m_form, &ParamForm::edited, this, &WirePage::apply);
        connect(m_form, &ParamForm::finished, this, [this] { m_editor.endMerging(); });
    } else {
        QLabel *none = makeWords("secondary");
        none->setText(tr("Nothing waits here: each record is handed over at once."));
        layout->addWidget(none);
    }
    layout->addSpacing(12);
    m_orderLayout->setContentsMargins(0, 0, 0, 0);
    m_orderLayout->setSpacing(4);
    layout->addWidget(m_order);
    layout->addStretch(1);
    refresh();
}

const Wire *WirePage::find() const
{
    const auto &wires = m_editor.chain().wires();
    const auto found = std::ranges::find_if(wires, [this](const Wire &wire) { return wire.hasSameEnds(m_wire); });
    return found == wires.end() ? nullptr : &*found;
}

std::vector<Wire> WirePage::siblings() const
{
    std::vector<Wire> wires;
    std::ranges::copy_if(m_editor.chain().wires(), std::back_inserter(wires),
                         [this](const Wire &wire) { return wire.from == m_wire.from && wire.port == m_wire.port; });
    return wires;
}

bool WirePage::refresh()
{
    const Wire *wire = find();
    if (!wire)
        return false;
    m_wire = *wire;
    m_title->setText(name(m_wire.from) + QStringLiteral(" → ") + name(m_wire.to));
    if (m_form) {
        QJsonObject values;
        if (m_wire.queue)
            values.insert(name(wireSpecs()[0].key), static_cast<qint64>(*m_wire.queue));
        if (m_wire.whenFull)
            values.insert(name(wireSpecs()[1].key), name(nameOf(*m_wire.whenFull)));
        m_form->setValues({values});
        m_whenFullWords->setText(costInWords(m_wire.whenFull));
    }
    showOrder();
    return true;
}

QWidget *WirePage::firstField() const { return m_form ? m_form->firstField() : nullptr; }

void WirePage::nodeRenamed(const std::string &before, const std::string &after)
{
    for (std::string *end : {&m_wire.from, &m_wire.to}) {
        if (*end == before)
            *end = after;
    }
}

void WirePage::apply(const QString &key, const QJsonValue &value)
{
    const std::string changed = key.toStdString();
    Problems problems;
    const auto spec = std::ranges::find(wireSpecs(), changed, &ParamSpec::key);
    if (!value.isUndefined())
        spec->check(value, "$." + changed, problems);
    auto queue = m_wire.queue;
    auto whenFull = m_wire.whenFull;
    if (spec == wireSpecs().begin())
        queue = value.isUndefined() ? std::nullopt : std::optional(static_cast<std::size_t>(value.toInteger()));
    else
        whenFull = whenFullOfName(value.toString().toStdString());
    // A wire keeps no queue that is none: until it is one, the one of before stays.
    if (problems.empty()) {
        if (const Status status = m_editor.setQueue(m_wire, queue, whenFull); !status)
            problems.push_back({"$." + changed, status.error().text});
    }
    m_form->setProblems(problems, "$");
}

void WirePage::serve(std::size_t index, int by)
{
    const std::vector<Wire> wires = siblings();
    const std::size_t other = index + static_cast<std::size_t>(by);
    if (index >= wires.size() || other >= wires.size())
        return;
    // To move one down is to serve the next one before it.
    [[maybe_unused]] const Status status = by < 0 ? m_editor.serveBefore(wires[index], wires[other]) : m_editor.serveBefore(wires[other], wires[index]);
    Q_ASSERT(status.ok());
}

void WirePage::showOrder()
{
    const std::vector<Wire> wires = siblings();
    if (wires == m_shownOrder)
        return;
    m_shownOrder = wires;
    // Built anew, under the button that was pressed: the focus goes to the same wire's button.
    const QString focused = m_order->isAncestorOf(focusWidget()) ? focusWidget()->accessibleName() : QString();
    while (QLayoutItem *item = m_orderLayout->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    m_order->setVisible(wires.size() > 1);
    if (wires.size() < 2)
        return;
    auto *title = makeWords("fieldTitle");
    title->setText(tr("Served in this order"));
    m_orderLayout->addWidget(title);
    for (std::size_t i = 0; i < wires.size(); ++i) {
        auto *row = new QWidget;
        auto *rowLayout = new QHBoxLayout(row);
        rowLayout->setContentsMargins(0, 0, 0, 0);
        rowLayout->setSpacing(4);
        const QString to = name(wires[i].to);
        QLabel *words = makeWords(wires[i].hasSameEnds(m_wire) ? "title" : "secondary");
        words->setText(QString::number(i + 1) + QStringLiteral(". ") + to);
        rowLayout->addWidget(words, 1);
        for (const int by : {-1, 1}) {
            QToolButton *arrow = by < 0 ? makeArrow(QStringLiteral("chevron-up"), tr("Serve %1 earlier").arg(to))
                                        : makeArrow(QStringLiteral("chevron-down"), tr("Serve %1 later").arg(to));
            arrow->setEnabled(by < 0 ? i > 0 : i + 1 < wires.size());
            connect(arrow, &QToolButton::clicked, this, [this, i, by] { serve(i, by); });
            rowLayout->addWidget(arrow);
            if (arrow->accessibleName() == focused && arrow->isEnabled())
                arrow->setFocus();
        }
        m_orderLayout->addWidget(row);
    }
}

} // namespace sluice
