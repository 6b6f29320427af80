#pragma once

#include <QDialog>

namespace sluice {

class Actions;
class ViewActions;

/// What the program is, and all its keys. Not modal.
class AboutPanel : public QDialog
{
    Q_OBJECT

public:
    AboutPanel(const Actions &actions, const ViewActions &views, QWidget *parent);
};

} // namespace sluice
