#include "inspector/ParamForm.h"

#include "inspector/ParamField.h"
#include "look/Icons.h"

#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sluice {

namespace {

/// So few are not worth folding away.
constexpr std::size_t fewFields = 2;

bool isAbout(const Problem &problem, const std::string &path, const ParamSpec &spec)
{
    const std::string own = path + "." + spec.key;
    if (problem.place == own)
        return true;
    if (problem.place.starts_with(own))
        return problem.place[own.size()] == '.' || problem.place[own.size()] == '[';
    return spec.required && problem.place == path && problem.text == missingSentence(spec);
}

QVBoxLayout *makeColumn(QWidget *widget)
{
    auto *layout = new QVBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    return layout;
}

} // namespace

ParamForm::ParamForm(std::vector<const ParamSpec *> specs, const FormContext &context, Folding folding, QWidget *parent,
                     const std::vector<QJsonObject> &values)
    : QWidget(parent)
{
    const auto isSet = [&](const ParamSpec *spec) {
        return std::ranges::any_of(values, [&](const QJsonObject &object) { return object.contains(QString::fromStdString(spec->key)); });
    };
    if (folding == Folding::WhatIsLeft)
        std::stable_partition(specs.begin(), specs.end(), [](const ParamSpec *spec) { return spec->required; });
    const auto rest = folding == Folding::Never ? specs.end()
                                                : std::stable_partition(specs.begin(), specs.end(), [&](const ParamSpec *spec) {
                                                      return spec->required || spec->usual || isSet(spec);
                                                  });
    const auto firstCount = static_cast<std::size_t>(rest - specs.begin());
    const auto restCount = specs.size() - firstCount;
    QVBoxLayout *column = makeColumn(this);
    for (std::size_t i = 0; i < specs.size(); ++i) {
        if (i == firstCount && restCount > fewFields) {
            m_more = new QToolButton;
            m_more->setObjectName(QStringLiteral("link"));
            m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
            m_more->setIconSize(QSize(16, 16));
            m_more->setCheckable(true);
            m_more->setText(tr("More options (%1)").arg(restCount));
            column->addWidget(m_more, 0, Qt::AlignLeft);
            m_rest = new QWidget;
            connect(m_more, &QToolButton::toggled, this, &ParamForm::showMore);
            column->addWidget(m_rest);
            column = makeColumn(m_rest);
        }
        auto *field = new ParamField(*specs[i], context, this);
        column->addWidget(field);
        m_fields.push_back(field);
        const QString key = QString::fromStdString(specs[i]->key);
        connect(field, &ParamField::edited, this, [this, key](const QJsonValue &value) { Q_EMIT edited(key, value); });
        connect(field, &ParamField::finished, this, &ParamForm::finished);
    }
    if (m_more)
        showMore(specs.size() == restCount);
    if (!values.empty())
        setValues(values);
}

void ParamForm::showMore(bool on)
{
    m_more->setChecked(on);
    m_more->setIcon(themedIcon(on ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right")));
    m_rest->setVisible(on);
}

void ParamForm::setValues(const std::vector<QJsonObject> &values)
{
    for (ParamField *field : m_fields) {
        const QString key = QString::fromStdString(field->spec().key);
        const QJsonValue first = values.front().value(key);
        const bool same = std::ranges::all_of(values, [&](const QJsonObject &object) { return object.value(key) == first; });
        if (same)
            field->setValue(first);
        else
            field->setMixed();
    }
}

Problems ParamForm::setProblems(const Problems &problems, const std::string &path)
{
    Problems left = problems;
    for (ParamField *field : m_fields) {
        const auto others = std::stable_partition(
            left.begin(), left.end(), [&](const Problem &problem) { return !isAbout(problem, path, field->spec()); });
        field->setProblems(Problems(others, left.end()), path + "." + field->spec().key);
        // What is wrong must not hide.
        if (others != left.end() && m_rest && m_rest->isAncestorOf(field) && !m_more->isChecked())
            showMore(true);
        left.erase(others, left.end());
    }
    return left;
}

QWidget *ParamForm::firstField() const { return m_fields.empty() ? nullptr : m_fields.front()->editor()->field(); }

ParamField *ParamForm::field(std::string_view key) const
{
    const auto found = std::ranges::find_if(m_fields, [&](const ParamField *field) { return field->spec().key == key; });
    return found == m_fields.end() ? nullptr : *found;
}

} // namespace sluice
