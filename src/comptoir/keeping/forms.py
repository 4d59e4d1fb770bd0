"""How long a space keeps what it no longer needs."""

from django import forms

from comptoir.keeping.models import Retention


class RetentionForm(forms.ModelForm[Retention]):
    class Meta:
        model = Retention
        fields = ("files_months", "jobs_days", "mails_days", "answers_months")
