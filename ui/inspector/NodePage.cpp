#include "inspector/NodePage.h"

#include "chain/RouteGuarantee.h"
#include "inspector/GuaranteePanel.h"
#include "inspector/ParamEditor.h"
#include "inspector/ParamForm.h"
#include "look/Appearance.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sluice {

namespace {

/// Problems come while one types, but not with each key: what is half typed is not wrong yet.
constexpr int checkDelay = 200; // ms

QString kindInWords(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Receiver: return NodePage::tr("receiver");
    case NodeKind::Filter: return NodePage::tr("filter");
    case NodeKind::Logger: return NodePage::tr("logger");
    case NodeKind::Handler: return NodePage::tr("handler");
    }
    return {};
}

bool areAlike(const ParamSpec &a, const ParamSpec &b)
{
    return a.key == b.key && a.type == b.type && a.choices == b.choices && a.unit == b.unit && a.optional == b.optional &&
           a.required == b.required && a.secret == b.secret && a.secretByName == b.secretByName && a.defaultValue == b.defaultValue &&
           std::ranges::equal(a.members, b.members, areAlike);
}

} // namespace

NodePage::NodePage(ChainEditor &editor, const FormContext &context, std::vector<std::string> ids, QWidget *parent)
    : InspectorPage(parent), m_editor(editor), m_ids(std::move(ids)), m_nameProblem(new QLabel(this)), m_words(new QLabel(this)), m_further(new QWidget(this)),
      m_furtherLayout(new QVBoxLayout(m_further))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 16);
    layout->setSpacing(4);
    buildHead(*layout);
    m_furtherLayout->setContentsMargins(0, 4, 0, 0);
    m_furtherLayout->setSpacing(4);
    layout->addWidget(m_further);
    layout->addSpacing(12);
    m_form = new ParamForm(commonSpecs(), context, ParamForm::Folding::WhatIsLeft, this, values());
    layout->addWidget(m_form);
    if (m_form->fields().empty()) {
        auto *nothing = new QLabel(m_ids.size() > 1 ? tr("These nodes have no parameter in common.")
                                                    : tr("There is nothing to set here."));
        nothing->setObjectName(QStringLiteral("secondary"));
        nothing->setWordWrap(true);
        layout->addWidget(nothing);
    }
    if (m_ids.size() == 1) {
        layout->addSpacing(20);
        m_guarantee = new GuaranteePanel;
        layout->addWidget(m_guarantee);
    }
    layout->addStretch(1);
    connect(m_form, &ParamForm::edited, this, &NodePage::apply);
    connect(m_form, &ParamForm::finished, this, [this] { m_editor.endMerging(); });
    m_checkSoon.setSingleShot(true);
    m_checkSoon.setInterval(checkDelay);
    connect(&m_checkSoon, &QTimer::timeout, this, &NodePage::check);
    refresh();
    check();
}

void NodePage::buildHead(QVBoxLayout &layout)
{
    const NodeType &type = *m_editor.chain().node(m_ids.front())->type;
    auto *title = new QLabel;
    title->setWordWrap(true);
    title->setTextFormat(Qt::PlainText);
    m_nameProblem->setObjectName(QStringLiteral("problem"));
    m_nameProblem->setTextFormat(Qt::PlainText);
    m_nameProblem->setWordWrap(true);
    m_nameProblem->setAccessibleName(tr("What is wrong with the name"));
    m_nameProblem->hide();
    m_words->setObjectName(QStringLiteral("secondary"));
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_words->setAccessibleName(tr("What it will do"));
    if (m_ids.size() > 1) {
        title->setObjectName(QStringLiteral("title"));
        title->setText(tr("%1 nodes selected").arg(m_ids.size()));
        m_words->setText(tr("What is set here is set for all of them."));
        layout.addWidget(title);
        layout.addWidget(m_words);
        return;
    }
    title->setObjectName(QStringLiteral("secondary"));
    title->setText(QString::fromStdString(type.name()) + QStringLiteral(" · ") + kindInWords(type.kind()));
    title->setToolTip(QString::fromStdString(type.summary()) + QLatin1Char('.'));
    m_name = new QLineEdit;
    m_name->setObjectName(QStringLiteral("nodeName"));
    m_name->setAccessibleName(tr("Name of the node"));
    m_name->setToolTip(tr("The node's name in the chain, in the ledger and in its errors"));
    m_name->setMaxLength(static_cast<int>(Chain::maxIdLength));
    m_name->installEventFilter(this);
    connect(m_name, &QLineEdit::editingFinished, this, &NodePage::rename);
    layout.addWidget(m_name);
    layout.addWidget(m_nameProblem);
    layout.addWidget(title);
    layout.addWidget(m_words);
}

std::vector<const ParamSpec *> NodePage::commonSpecs() const
{
    std::vector<const ParamSpec *> specs;
    for (const ParamSpec &spec : m_editor.chain().node(m_ids.front())->type->params()) {
        const bool isCommon = std::ranges::all_of(m_ids, [&](const std::string &id) {
            const ParamSpec *other = m_editor.chain().node(id)->type->param(spec.key);
            return other && areAlike(spec, *other);
        });
        if (isCommon)
            specs.push_back(&spec);
    }
    return specs;
}

std::vector<QJsonObject> NodePage::values() const
{
    std::vector<QJsonObject> values;
    for (const std::string &id : m_ids)
        values.push_back(m_editor.chain().node(id)->params);
    return values;
}

bool NodePage::refresh()
{
    if (!std::ranges::all_of(m_ids, [this](const std::string &id) { return m_editor.chain().node(id); }))
        return false;
    m_form->setValues(values());
    if (m_name) {
        const ChainNode &node = *m_editor.chain().node(m_ids.front());
        const QString id = QString::fromStdString(node.id);
        if (!m_name->isModified() && m_name->text() != id)
            m_name->setText(id);
        m_words->setText(QString::fromStdString(node.type->describe(node.params)).left(300));
    }
    if (!m_checkSoon.isActive())
        m_checkSoon.start();
    return true;
}

QWidget *NodePage::firstField() const { return m_form->firstField(); }

void NodePage::nodeRenamed(const std::string &before, const std::string &after) { std::ranges::replace(m_ids, before, after); }

void NodePage::rename()
{
    if (!m_name->isModified())
        return;
    const Status status = m_editor.rename(m_ids.front(), m_name->text().trimmed().toStdString());
    setStyleProperty(m_name, "problem", !status.ok());
    m_nameProblem->setVisible(!status.ok());
    if (!status) {
        m_nameProblem->setText(QString::fromStdString(status.error().text));
        return;
    }
    m_name->setText(QString::fromStdString(m_ids.front()));
    m_name->setModified(false);
}

bool NodePage::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_name && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape &&
        m_name->isModified()) {
        m_name->setText(QString::fromStdString(m_ids.front()));
        m_name->setModified(false);
        setStyleProperty(m_name, "problem", false);
        m_nameProblem->hide();
        return true;
    }
    return InspectorPage::eventFilter(object, event);
}

void NodePage::apply(const QString &key, const QJsonValue &value)
{
    const std::string name = key.toStdString();
    const std::vector<std::string> ids = m_ids;
    std::string merge = "param " + name;
    for (const std::string &id : ids)
        merge += "\n" + id;
    const ChainHistory::Step step(m_editor, "Set " + name + " of " + (ids.size() == 1 ? ids.front() : std::to_string(ids.size()) + " nodes"),
                                  merge);
    for (const std::string &id : ids) {
        // It has the parameter: the form is made of what its type declares.
        [[maybe_unused]] const Status status = m_editor.setParam(id, name, value);
        Q_ASSERT(status.ok());
    }
}

void NodePage::check()
{
    const Chain &chain = m_editor.chain();
    Problems problems;
    const Problems wiring = chain.checkWiring();
    for (const std::string &id : m_ids) {
        const ChainNode *node = chain.node(id);
        if (!node)
            return;
        const std::string params = chain.pathOf(id) + ".params";
        Problems found = node->type->check(node->params, params);
        std::ranges::copy_if(wiring, std::back_inserter(found), [&](const Problem &problem) { return problem.place.starts_with(params); });
        for (Problem &problem : found) {
            problem.place.replace(0, params.size(), "$");
            if (std::ranges::find(problems, problem) == problems.end())
                problems.push_back(std::move(problem));
        }
    }
    const Problems further = m_form->setProblems(problems, "$");
    // What one of several nodes lacks that the others do not have is said where it is shown alone.
    showFurther(m_ids.size() == 1 ? further : Problems());
    if (m_guarantee)
        m_guarantee->showRoutes(guaranteeOf(chain), m_ids.front());
}

void NodePage::showFurther(const Problems &problems)
{
    if (problems == m_shownFurther && !m_furtherLayout->isEmpty())
        return;
    m_shownFurther = problems;
    while (QLayoutItem *item = m_furtherLayout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_further->setVisible(!problems.empty());
    for (const Problem &problem : problems) {
        auto *row = new QWidget;
        auto *rowLayout = new QHBoxLayout(row);
        rowLayout->setContentsMargins(0, 0, 0, 0);
        auto *words = new QLabel(QString::fromStdString(problem.text));
        words->setObjectName(QStringLiteral("problem"));
        words->setTextFormat(Qt::PlainText);
        words->setWordWrap(true);
        rowLayout->addWidget(words, 1);
        const QString key = QString::fromStdString(problem.place.size() > 2 ? problem.place.substr(2) : std::string());
        const auto hasKey = [&](const QJsonObject &params) { return params.contains(key); };
        if (!key.isEmpty() && std::ranges::any_of(values(), hasKey)) {
            auto *remove = new QToolButton;
            remove->setObjectName(QStringLiteral("link"));
            remove->setText(tr("Remove"));
            remove->setAccessibleName(tr("Remove %1").arg(key));
            connect(remove, &QToolButton::clicked, this, [this, key] { apply(key, QJsonValue(QJsonValue::Undefined)); });
            rowLayout->addWidget(remove, 0, Qt::AlignTop);
        }
        m_furtherLayout->addWidget(row);
    }
}

} // namespace sluice
