#pragma once

class QLabel;
class QWidget;

namespace sluice {

/// The words below a field with secrets: what becomes of those that were typed. Hidden at first.
QLabel *makeSecretNote(QWidget *parent);

} // namespace sluice
