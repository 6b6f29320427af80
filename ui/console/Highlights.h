#pragma once

#include "console/HighlightRules.h"

#include <QObject>

namespace sluice {

/// The highlight rules of all views.
class Highlights : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const HighlightRules &rules() const { return m_rules; }
    void setRules(const HighlightRules &rules)
    {
        if (rules == m_rules)
            return;
        m_rules = rules;
        Q_EMIT changed();
    }

Q_SIGNALS:
    void changed();

private:
    HighlightRules m_rules;
};

} // namespace sluice
