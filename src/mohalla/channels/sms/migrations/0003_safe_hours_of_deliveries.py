from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sms', '0002_sealed_deliveries'),
    ]

    operations = [
        migrations.AddField(
            model_name='delivery',
            name='safe_from',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='delivery',
            name='safe_to',
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
