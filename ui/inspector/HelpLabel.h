#pragma once

#include <QLabel>

namespace sluice {

/// What a field is for, in small words below it. Lines are not broken within "${env:NAME}" and its like.
class HelpLabel : public QLabel
{
    Q_OBJECT

public:
    explicit HelpLabel(const QString &words, QWidget *parent = nullptr);
};

} // namespace sluice
