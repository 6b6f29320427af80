#include "inspector/ChoiceEditor.h"

#include "look/ChoiceBox.h"

#include <QVBoxLayout>

#include <algorithm>

namespace sluice {

ChoiceEditor::ChoiceEditor(const ParamSpec &spec, QWidget *parent) : ParamEditor(spec, parent), m_box(new ChoiceBox)
{
    if (spec.optional)
        m_box->addItem(tr("not set"), QVariant::fromValue(QJsonValue()));
    for (const std::string &choice : spec.choices) {
        const auto suggestion = std::ranges::find(spec.suggestions, choice, &ParamSpec::Suggestion::value);
        QString title = QString::fromStdString(choice);
        if (suggestion != spec.suggestions.end() && !suggestion->words.empty())
            title += QStringLiteral(" – ") + QString::fromStdString(suggestion->words);
        m_box->addItem(title, QVariant::fromValue(QJsonValue(QString::fromStdString(choice))));
    }
    m_known = m_box->count();
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(8);
    m_box->setMaxVisibleItems(20);
    adopt(m_box);
    setFocusProxy(m_box);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_box);
    connect(m_box, &QComboBox::activated, this, [this](int index) {
        edit(m_box->itemData(index).value<QJsonValue>());
        display();
        Q_EMIT finished();
    });
    display();
}

QWidget *ChoiceEditor::field() const { return m_box; }

void ChoiceEditor::display()
{
    while (m_box->count() > m_known)
        m_box->removeItem(m_known);
    setStyleProperty(m_box, "unset", value().isUndefined() && !isMixed());
    if (isMixed()) {
        m_box->setPlaceholderText(tr("different"));
        m_box->setCurrentIndex(-1);
        return;
    }
    const QJsonValue shown = value().isUndefined() ? spec().defaultValue : value();
    int index = 0;
    while (index < m_known && m_box->itemData(index).value<QJsonValue>() != shown)
        ++index;
    if (index == m_known)
        m_box->addItem(shown.toVariant().toString().left(200), QVariant::fromValue(shown));
    m_box->setCurrentIndex(index);
}

} // namespace sluice
